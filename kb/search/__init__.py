"""Analysis, facets and the engines."""
