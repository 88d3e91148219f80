"""THE CALLS: the ways by which someone who does not look at the desk is called."""
