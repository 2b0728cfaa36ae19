"""How one record of the research becomes the content of an initiative."""
