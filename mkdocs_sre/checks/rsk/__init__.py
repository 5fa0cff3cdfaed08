"""Reliability risk assessments."""
