# The service as a container image. Build the package first:
#   npm run build && docker build --tag portico .
# BASE has Node.js, npm and a shell: Debian's by default.
ARG BASE=node:24-trixie-slim

FROM ${BASE} AS packages
WORKDIR /app
COPY deploy/image/package.json deploy/image/package-lock.json ./
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund --cache /tmp/npm && rm -rf /tmp/npm
COPY dist/portico node_modules/portico

FROM ${BASE}
WORKDIR /app
COPY --from=packages /app ./
ENV NODE_ENV=production HOST=0.0.0.0 PORT=8080
EXPOSE 8080
# Nobody that the host knows, and not root: the service writes no file.
USER 10001:10001
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health/live`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# As the first process, so that signals come to it: SIGTERM finishes the requests in flight.
STOPSIGNAL SIGTERM
ENTRYPOINT ["node", "node_modules/portico/runtimes/node.js"]
