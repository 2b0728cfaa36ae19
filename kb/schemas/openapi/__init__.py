"""The description of the API by OpenAPI 3.1, made from the schemas that read and write."""
