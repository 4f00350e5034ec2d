# syntax=docker/dockerfile:1

FROM maven:3.9-eclipse-temurin-25 AS build
WORKDIR /build
COPY pom.xml ./
COPY conf/demo.yaml conf/demo.yaml
COPY src src
RUN --mount=type=cache,target=/root/.m2 mvn -B -ntp -DskipTests package

FROM eclipse-temurin:25-jre-alpine AS runtime
RUN addgroup -S -g 10001 portcullis && adduser -S -D -H -u 10001 -G portcullis portcullis
WORKDIR /app
USER 10001:10001

# The legacy backend of the demo: docker build --target demo-backend
FROM runtime AS demo-backend
COPY --from=build /build/target/portcullis-demo.jar /app/portcullis-demo.jar
EXPOSE 9000
HEALTHCHECK --interval=5s --timeout=2s --start-period=20s CMD ["wget", "-q", "-O", "/dev/null", "http://127.0.0.1:9000/"]
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=60", "-XX:+ExitOnOutOfMemoryError", "-cp", "/app/portcullis-demo.jar", "io.portcullis.demo.LegacyBackend"]
CMD ["--host", "0.0.0.0", "--port", "9000"]

# One life of the gateway, so that later starts need not find out anew what this one did. A cache is good for one jar, one JVM and one set of options,
# so it is made by this image. Where it cannot be made, the gateway starts without it, only later.
FROM runtime AS trained
COPY --from=build /build/target/portcullis.jar /build/target/portcullis-demo.jar /app/
COPY conf/aot.sh conf/jvm.options /app/
USER root
RUN apk add --no-cache postgresql redis
USER 10001:10001
RUN touch /tmp/portcullis.aot \
    && sh /app/aot.sh /app/portcullis.jar /app/portcullis-demo.jar /tmp/portcullis.aot @/app/jvm.options \
    || echo "no AOT cache was made"

# The gateway, and the default. It expects its configuration at /etc/portcullis/portcullis.yaml.
FROM runtime AS gateway
COPY --from=build /build/target/portcullis.jar /app/portcullis.jar
COPY --from=trained /tmp/portcullis.aot /app/portcullis.aot
COPY conf/jvm.options /app/jvm.options
EXPOSE 8080
# The management port listens inside the container only; busybox, part of the image, asks it.
HEALTHCHECK --interval=5s --timeout=2s --start-period=30s CMD ["wget", "-q", "-O", "/dev/null", "http://127.0.0.1:9090/health/ready"]
# A heap of 60 % leaves room for the buffers of proxied connections, which live outside of it. Without memory the process
# ends, so that it is started anew, rather than serving on crippled.
ENTRYPOINT ["java", "@/app/jvm.options", "-XX:AOTCache=/app/portcullis.aot", "-XX:MaxRAMPercentage=60", "-XX:+ExitOnOutOfMemoryError", "-jar", "/app/portcullis.jar"]
CMD ["serve", "--config", "/etc/portcullis/portcullis.yaml"]
