"""Every method the server knows, by its name in small letters. What is not here is answered 404."""

from collections.abc import Callable
from typing import Final

from bot.sandbox.botapi import editing, forums, naming, sending, talking
from bot.sandbox.botapi.params import Params
from bot.sandbox.botapi.state import State

Method = Callable[[State, Params], object]

METHODS: Final[dict[str, Method]] = {
    "getme": talking.get_me,
    "getchat": talking.get_chat,
    "getfile": talking.get_file,
    "sendchataction": talking.send_chat_action,
    "answercallbackquery": talking.answer_callback_query,
    "pinchatmessage": talking.pin_chat_message,
    "unpinchatmessage": talking.unpin_chat_message,
    "sendmessage": sending.send_message,
    "senddocument": sending.send_document,
    "sendphoto": sending.send_photo,
    "sendmediagroup": sending.send_media_group,
    "copymessage": sending.copy_message,
    "forwardmessage": sending.forward_message,
    "editmessagetext": editing.edit_message_text,
    "editmessagecaption": editing.edit_message_caption,
    "editmessagereplymarkup": editing.edit_message_reply_markup,
    "deletemessage": editing.delete_message,
    "setmycommands": naming.set_my_commands,
    "getmycommands": naming.get_my_commands,
    "deletemycommands": naming.delete_my_commands,
    "setmyname": naming.set_my_name,
    "getmyname": naming.get_my_name,
    "setmydescription": naming.set_my_description,
    "getmydescription": naming.get_my_description,
    "setmyshortdescription": naming.set_my_short_description,
    "getmyshortdescription": naming.get_my_short_description,
    "setchatmenubutton": naming.set_chat_menu_button,
    "getchatmenubutton": naming.get_chat_menu_button,
    "createforumtopic": forums.create_forum_topic,
}
