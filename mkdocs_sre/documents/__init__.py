"""What one document may say: a model a kind, its template and explanation; places and findings."""
