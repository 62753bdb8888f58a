"""What a reader sees, made from finished folders alone: figures, texts, summary, report, stories."""
