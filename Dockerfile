# One image for all five services and for the migration; the command chooses.
FROM node:20-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
RUN npm run build

FROM node:20-bookworm-slim AS modules
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev

FROM node:20-bookworm-slim
ENV NODE_ENV=production NODE_OPTIONS=--max-semi-space-size=64
WORKDIR /app
COPY package.json ./
COPY --from=modules /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY plans ./plans
COPY prisma ./prisma
COPY libs/messaging/messaging-tables.sql ./libs/messaging/messaging-tables.sql
COPY tools/migrate.mjs ./tools/migrate.mjs
COPY tools/parts/migrations.mjs tools/parts/schema-engine.mjs tools/parts/services.mjs ./tools/parts/
# A volume takes the owner of the folder that it is laid over.
RUN mkdir -p /data/attachments && chown node:node /data/attachments
USER node
CMD ["node", "dist/apps/gateway/src/main.js"]
