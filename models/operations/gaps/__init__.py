"""Gap lists: lines kept and withdrawn, lists taken in, exchanges moved."""
