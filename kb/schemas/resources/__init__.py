"""What the API tells of each kind of thing."""
