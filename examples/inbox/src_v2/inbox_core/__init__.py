"""What the inbox functions share: feeds in, a ranked newsletter out."""
