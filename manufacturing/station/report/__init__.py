"""What the records say: the page about a production, the page of a unit, its label."""
