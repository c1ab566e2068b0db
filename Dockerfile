# syntax=docker/dockerfile:1
# Three stages: front-end packages, Python packages, and a small image that only runs.
# A tag may be another image tomorrow: give the digests you have tested, as
#   docker build --build-arg PYTHON_IMAGE=python:3.12-slim-bookworm@sha256:… \
#                --build-arg NODE_IMAGE=node:22-bookworm-slim@sha256:… .
# `docker buildx imagetools inspect <image>` tells them; `make audit` says while they are missing.
ARG NODE_IMAGE=node:22-bookworm-slim
ARG PYTHON_IMAGE=python:3.12-slim-bookworm

FROM ${NODE_IMAGE} AS packages
WORKDIR /planmap
COPY package.json package-lock.json .npmrc ./
COPY tools/no-scarf tools/no-scarf
RUN npm ci --omit=dev

FROM ${PYTHON_IMAGE} AS python
WORKDIR /planmap
RUN python -m venv .venv
COPY requirements.lock ./
RUN .venv/bin/pip install --no-cache-dir --require-hashes --only-binary :all: -r requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY app app
RUN .venv/bin/pip install --no-cache-dir --no-deps --no-build-isolation -e .

FROM ${PYTHON_IMAGE}
RUN apt-get update \
    && apt-get install -y --no-install-recommends fonts-noto-cjk \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --home-dir /planmap --shell /usr/sbin/nologin planmap
WORKDIR /planmap
COPY --from=python /planmap/.venv .venv
COPY --from=packages /planmap/node_modules node_modules
COPY package.json pyproject.toml projects.geojson ./
COPY app app
COPY static static
COPY words words
COPY geodata geodata
RUN mkdir -p var && chown planmap var
USER planmap
ENV HOST=0.0.0.0 PORT=8000 PATH=/planmap/.venv/bin:$PATH PYTHONUNBUFFERED=1
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
    CMD python -c "import os, urllib.request; urllib.request.urlopen('http://127.0.0.1:' + os.environ['PORT'] + '/healthz', timeout=4)"
CMD ["planmap", "serve"]
