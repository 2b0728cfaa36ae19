"""What is true: values and rules, without session, clock or request."""
