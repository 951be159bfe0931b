/* beacond: the railway's time for whoever asks, with a check number as the bus company's clocks want it. */
#include <arpa/inet.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <zlib.h>

#ifndef LOG
#define LOG "/var/log/beacond.log"
#endif

int main(int count, char **words) {
  struct sockaddr_in here = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_ANY)}, there;
  socklen_t size = sizeof there;
  char text[64], line[128];
  int on = 1, door = socket(AF_INET, SOCK_STREAM, 0), caller;
  unsigned long asked = 0;

  signal(SIGPIPE, SIG_IGN);
  here.sin_port = htons(count > 1 ? atoi(words[1]) : 4000);
  setsockopt(door, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (bind(door, (struct sockaddr *)&here, sizeof here) || listen(door, 8)) {
    perror("beacond");
    return 1;
  }
  while ((caller = accept(door, (struct sockaddr *)&there, &size)) >= 0) {
    time_t now = time(NULL);
    FILE *log = fopen(LOG, "a");
    strftime(text, sizeof text, "%Y-%m-%d %H:%M:%S", localtime(&now));
    if (log) {
      fprintf(log, "%s %s\n", text, inet_ntoa(there.sin_addr));
      fclose(log);
    }
    snprintf(line, sizeof line, "time %lu %s %08lx\n", ++asked, text, crc32(0L, (const unsigned char *)text, strlen(text)));
    if (write(caller, line, strlen(line)) < 0) perror("beacond");
    close(caller);
    size = sizeof there;
  }
  return 1;
}
