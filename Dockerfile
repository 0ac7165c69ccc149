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

FROM base
# Settings of memory, here and for V8 below: docs/performance.md, "Memory".
ENV NODE_ENV=production HOST=0.0.0.0 MALLOC_ARENA_MAX=2 MALLOC_MMAP_THRESHOLD_=1048576
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY package.json LICENSE ./
USER node
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 3000}/healthz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# Exec form: node is process 1 and gets SIGTERM, on which it drains.
ENTRYPOINT ["node", "--max-semi-space-size=16", "dist/cli.js"]
CMD ["serve"]
