/* What reading a capture costs by libpcap alone, without looking into a frame. */
#include <pcap.h>
#include <stdio.h>

int main(int argc, char **argv)
{
	char error[PCAP_ERRBUF_SIZE];
	pcap_t *p = argc == 2 ? pcap_open_offline(argv[1], error) : NULL;
	struct pcap_pkthdr *header;
	const u_char *data;
	unsigned long frames = 0, bytes = 0;
	if (!p)
		return 1;
	while (pcap_next_ex(p, &header, &data) == 1) {
		frames++;
		bytes += header->caplen;
	}
	printf("%lu frames, %lu bytes\n", frames, bytes);
	return 0;
}
