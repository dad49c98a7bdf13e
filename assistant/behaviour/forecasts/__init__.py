"""What the shop expects of visits, customers and stock: learned by night, kept, and told with reasons."""
