"""Gap lists: how a list is read, what makes two lines the same document, the life of an exchange. Pure."""
