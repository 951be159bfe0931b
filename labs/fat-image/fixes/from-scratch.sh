#!/bin/sh
# service: workspace
# Nothing below but what Python needs: no shell, no package manager, no list of users.
cat > Dockerfile <<'END'
FROM kikori/warehouse AS built
RUN apt-get update && apt-get install -y --no-install-recommends gcc libc6-dev make python3
WORKDIR /out
RUN cp --parents -L /usr/bin/python3 . \
 && cp --parents -a /usr/lib/python3.* . \
 && ldd /usr/bin/python3 /usr/lib/python3.*/lib-dynload/*.so | grep -o '/[^ :]*\.so\.[^ :]*' | sort -u | xargs cp --parents -L -t .
WORKDIR /src
COPY Makefile digit.c ./
RUN --mount=type=bind,source=vendor.key,target=/src/vendor.key make

FROM scratch
COPY --from=built /out /
COPY --from=built /src/libdigit.so /app/
COPY labels.py /app/
USER 65532:65532
STOPSIGNAL SIGINT
HEALTHCHECK --interval=3s --timeout=5s \
  CMD ["/usr/bin/python3", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8080/health', timeout=3)"]
ENTRYPOINT ["/usr/bin/python3", "/app/labels.py"]
END
