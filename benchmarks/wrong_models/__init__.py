"""Coverage of predictions where the model that is fitted is not the one that made the data."""
