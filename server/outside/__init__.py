"""What runs elsewhere and is asked from here: within a deadline, without trust in what it answers."""
