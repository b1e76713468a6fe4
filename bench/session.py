"""A viewer without a browser: Streamlit's websocket, a rerun asked for, its messages counted to the end."""

import asyncio
import time
from types import TracebackType
from urllib.parse import urlencode

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

LARGEST = 64_000_000


class Session:
    """`async with Session(port) as session: seconds = await session.run("skills", {...})`."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._socket: websockets.ClientConnection

    async def __aenter__(self) -> "Session":
        address = f"ws://127.0.0.1:{self._port}/_stcore/stream"
        self._socket = await websockets.connect(
            address, subprotocols=[websockets.Subprotocol("streamlit")], max_size=LARGEST, compression=None
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._socket.close()

    async def run(self, page: str, query: dict[str, str]) -> float:
        """Seconds from asking for a page until its script has ended and all was received."""
        asked = BackMsg()
        asked.rerun_script.query_string = urlencode(query)
        asked.rerun_script.page_name = page
        asked.rerun_script.context_info.url = f"http://127.0.0.1:{self._port}/{page}"
        begun = time.perf_counter()
        await self._socket.send(asked.SerializeToString())
        async with asyncio.timeout(120):
            while not self._ended(await self._socket.recv()):
                pass
        return time.perf_counter() - begun

    @staticmethod
    def _ended(data: str | bytes) -> bool:
        message = ForwardMsg()
        message.ParseFromString(data if isinstance(data, bytes) else data.encode())
        return message.WhichOneof("type") == "script_finished"
