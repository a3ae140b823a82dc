"""Segment."""
