"""People: residents, their identity numbers and phones, and the masks in front of them."""
