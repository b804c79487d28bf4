"""What the desk itself changes, over the services of the rooms."""
