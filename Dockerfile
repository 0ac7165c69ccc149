# A glibc image with a current LTS of Node: sharp and the canvas have ready binaries for it.
FROM node:26-trixie-slim AS base
WORKDIR /app

FROM base AS build
COPY package.json package-lock.json ./
# No install script is needed: binaries are packages of their own.
RUN npm ci --omit=dev --ignore-scripts && npm cache clean --force
COPY build.js ./
COPY src ./src
# What builds is not needed to run.
RUN npm run build && rm -r node_modules/esbuild node_modules/@esbuild
# docker build --build-arg FONTS=basic leaves out what may be left out: docs/install.md.
ARG FONTS=all
RUN [ "$FONTS" = all ] || (cd node_modules && rm -r $(node -p "Object.keys(require('../package.json').optionalDependencies).join(' ')"))

FROM base
# Settings of memory: docs/performance.md, "Memory". V8 fits itself to the container's limit.
ENV NODE_ENV=production HOST=0.0.0.0 MALLOC_ARENA_MAX=2 MALLOC_MMAP_THRESHOLD_=1048576
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY package.json LICENSE docs/licences.md ./
# Where a volume for CACHE_URL=file: or sqlite: belongs: a new one takes over whose folder this is.
RUN install -d -o 1000 -g 1000 /var/cache/greybox
# The image's user node; Kubernetes takes only a number for one that is not root.
USER 1000:1000
EXPOSE 3000
# What `greybox health` asks, without the 50 MiB that Node would take of the container's memory every 10 s.
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s --retries=3 \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/$HOST/${PORT:-3000} && printf 'GET /healthz HTTP/1.0\\r\\n\\r\\n' >&3 && read -r _ status _ <&3 && [ \"$status\" = 200 ]"]
# Exec form: node is process 1 and gets SIGTERM, on which it drains.
ENTRYPOINT ["node", "dist/cli.js"]
CMD ["serve"]
