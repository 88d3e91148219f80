"""What gives a person away by its form: numbers, mail, links, addresses."""
