"""What is answered where. A browser that asks for something else gets a page about it."""

from app.web.error_page import error_page
from app.web.errors import answer_browsers_with

answer_browsers_with(error_page)
