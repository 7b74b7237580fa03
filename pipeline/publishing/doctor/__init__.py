"""What is installed, what can be read, what is allowed and reachable; nothing is sent."""
