"""The words that are printed on the papers of a request."""

from handlers.text.voice import label, message

FROM = label("paper", "from")
TO = label("paper", "to")
DOCUMENT = label("document", "document")
ASKED_ON = label("paper", "asked on")
PLACE = label("shelf_mark", "shelf mark")
SEARCH = label("paper", "search")
FOUND = label("paper", "found")
NOT_FOUND = label("paper", "not on the shelf")
HAND = label("paper", "date and signature")
RETURN_TO = label("paper", "return address")
STATE = label("paper", "condition of the item")
VALUE = label("paper", "value for customs")
AGREEMENT = label("paper", "agreement signed on")
PURPOSE = label("paper", "purpose of the shipment")
SCAN_ME = message("The code opens the request: photograph it and send the picture to the bot.")
USE = message(
    "This copy was made for one reader, for private study or research. It may not be sold, published or "
    "passed on."
)
LAWS = message("Further use follows the copyright law of the reader's country.")
SENT_FOR_USE = message(
    "Library material sent for temporary use by a reader (interlibrary loan). Not for sale. It remains the "
    "property of the sending library and goes back after use."
)
GOES_BACK = message(
    "Library material that goes back to the library it belongs to after temporary use (interlibrary loan). "
    "Not for sale."
)
BACK_BY = message("Please put this slip into the book again when it goes back.")
SERVICE = label("paper", "service")
