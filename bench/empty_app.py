"""The floor: a Streamlit page that does nothing but tell its parameter."""

import streamlit as st

st.write(f"n = {st.query_params.get('n', '')}")
