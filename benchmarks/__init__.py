"""What the figures in docs/ were measured with; each module runs on its own."""
