"""A slide tells of the same items as the data of the same view: its notes list them all."""

import io

from fastapi.testclient import TestClient
from pptx import Presentation

VIEW = "county=211481"


def test_the_notes_of_a_slide_list_every_item_of_the_view(client: TestClient) -> None:
    features = client.get(f"/view.geojson?{VIEW}").json()["features"]
    slides = Presentation(io.BytesIO(client.get(f"/view.pptx?{VIEW}").content)).slides
    notes = "\n".join(slide.notes_slide.notes_text_frame.text for slide in slides)
    assert len(features) > 100
    assert [f["id"] for f in features if f["properties"]["name"] not in notes] == []
