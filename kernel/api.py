"""What the JSON doors of every slice share: bodies read by the same reader as forms."""

from typing import Any

import msgspec
from litestar.dto import AbstractDTO
from litestar.openapi.spec import Reference, Schema
from litestar.typing import FieldDefinition

from kernel import clock
from kernel.errors import FieldError, Invalid
from kernel.forms import read


class Body(AbstractDTO[Any]):
    """Reads a JSON body into the handler's Struct, reporting every error at once.

    Litestar's own decoder stops at the first error and words it in English.
    """

    model_type = object

    @classmethod
    def create_for_field_definition(
        cls,
        field_definition: FieldDefinition,
        handler_id: str,  # Litestar's signature
        backend_cls: Any = None,
    ) -> None:
        """Nothing to prepare: the Struct is read as it is declared."""

    @classmethod
    def create_openapi_schema(
        cls,
        field_definition: FieldDefinition,
        handler_id: str,  # noqa: ARG003  # Litestar's signature
        schema_creator: Any,
    ) -> Reference | Schema:
        schema: Reference | Schema = schema_creator.for_field_definition(field_definition)
        return schema

    @classmethod
    def generate_field_definitions(cls, model_type: type[Any]) -> Any:
        raise NotImplementedError

    @classmethod
    def detect_nested_field(
        cls,
        field_definition: FieldDefinition,  # noqa: ARG003  # Litestar's signature
    ) -> bool:
        return False

    def decode_bytes(self, value: bytes) -> Any:
        try:
            return self.decode_builtins(msgspec.json.decode(value))
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise Invalid(FieldError("", "JSONとして読めません。")) from error

    def decode_builtins(self, value: Any) -> Any:
        if not isinstance(value, dict):
            raise Invalid(FieldError("", "JSONのオブジェクトを送ってください。"))
        field = self.asgi_connection.route_handler.parsed_data_field
        return read(field.annotation, value, clock.today())
