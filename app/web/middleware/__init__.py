"""What stands before the routes: who asks, under which name, how often, and what is told of it."""
