"""What speed is measured with: the app as a process of its own, events over HTTP, a shop of many products."""
