"""What a shop brings along from elsewhere: customers, orders, stock and prices, from Shopify's exports or any table."""
