# Mayfly's image: Node, src and what it imports; no npm, no compiler, no development dependency. TypeScript runs as it is
# (ADR 5), so nothing is built. Run it read-only and without capabilities:
#
#     docker run --read-only --cap-drop ALL --env-file .env --publish 3000:3000 --volume mayfly:/data mayfly
#
# The digest is of the manifest list, for amd64 and arm64; it stands in each FROM, where Dependabot finds it.

# Packages are the same on every processor (test/packaging/image.test.ts), so they are fetched once, on the builder's own.
FROM --platform=$BUILDPLATFORM node:24.21.0-bookworm-slim@sha256:0e0ff40c39bc087845bfb27465a0df4ea419520094bc35842ff83dd8cbe6f9b6 AS dependencies
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# Types, source maps and manuals are never read by a running process, and are two thirds of it all. Licences stay.
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund \
  && find node_modules -type f \
    \( -name '*.d.ts' -o -name '*.d.mts' -o -name '*.d.cts' -o -name '*.map' -o -name '*.md' ! -iname 'license*' \) -delete \
  && find node_modules -type d -empty -delete
# The certificates that an RDS database proves itself with, of which Node knows none. AWS adds to this file now and then:
# the build then fails, and somebody reads what was added before the sum is changed.
# https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.SSL.html
ADD --checksum=sha256:e5bb2084ccf45087bda1c9bffdea0eb15ee67f0b91646106e466714f9de3c7e3 \
  https://truststore.pki.rds.amazonaws.com/global/global-bundle.pem /tmp/global-bundle.pem
RUN install -d -m 0700 /data && install -D -m 0444 /tmp/global-bundle.pem /certificates/global-bundle.pem

FROM node:24.21.0-bookworm-slim@sha256:0e0ff40c39bc087845bfb27465a0df4ea419520094bc35842ff83dd8cbe6f9b6
LABEL org.opencontainers.image.title="mayfly" \
  org.opencontainers.image.description="Gives every pull request an environment of its own on AWS, and takes it away again." \
  org.opencontainers.image.licenses="MIT"
RUN rm -rf /usr/local/lib/node_modules /opt/yarn-* \
  /usr/local/bin/npm /usr/local/bin/npx /usr/local/bin/corepack /usr/local/bin/yarn /usr/local/bin/yarnpkg
WORKDIR /app
# All of it belongs to root: the process cannot change its own program.
COPY --from=dependencies /app/node_modules node_modules
COPY --from=dependencies /certificates /etc/ssl/rds
COPY package.json LICENSE ./
COPY src src
# The one place that is written to, and only while there is no DATABASE_URL.
COPY --from=dependencies --chown=10001:10001 /data /data
# HOME, because the user stands in no passwd file, and the AWS SDK asks for a home: without one it fails.
ENV NODE_ENV=production HOME=/app HOST=0.0.0.0 PORT=3000 DATA_DIR=/data
# A number, so that whoever runs it can see that it is not root.
USER 10001:10001
VOLUME /data
EXPOSE 3000
# Docker's own; Amazon ECS heeds the one in the task definition, which is to be the same command.
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 CMD ["node", "src/health-check.ts"]
# Node itself gets SIGTERM: there is no shell between, and no entrypoint of the base image.
ENTRYPOINT []
CMD ["node", "src/main.ts"]
