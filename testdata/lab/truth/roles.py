"""Who has which address, as the lab gave them out (hosts.txt)."""

NAME_SERVERS = {"root": "root", "tld": "tld", "auth": "auth", "auth2": "auth"}
RESOLVERS = ("resolver", "resolver2")
NOTIFY = 4                                    # an operation (RFC 1996 section 3.3)
TRANSFERS = {252: "axfr", 251: "ixfr", 6: "xfr_soa"}  # by the type asked for, of one name server by another


class Roles:
    def __init__(self, path):
        self.by_address = {}
        self.forwards = False  # the home router answers DNS itself, and passes questions on
        with open(path, encoding="ascii") as lines:
            for line in lines:
                role, *addresses = line.split()
                self.forwards = self.forwards or role == "forwarder"
                self.by_address.update(dict.fromkeys(addresses, role))

    def role(self, address):
        """The role of an address; everyone else with an address is a client."""
        return self.by_address.get(address, "client")

    def address(self, role):
        """The first address of a role."""
        return next(a for a, r in self.by_address.items() if r == role)

    def question(self, asker, server, f):
        """What it is called when asker asks server what f asks: "stub", a step of the iteration, and so on."""
        role = self.role(server)
        if role in RESOLVERS:
            return "forward" if self.forwards and self.role(asker) == "home-wan" else "stub"
        if role == "gateway":
            return "stub" if self.forwards else ""
        if role not in NAME_SERVERS:
            return ""
        if self.role(asker) in NAME_SERVERS:
            return "notify" if f.integer("dns.flags.opcode") == NOTIFY else TRANSFERS.get(f.integer("dns.qry.type"), "")
        if role == "root" and f.first("dns.qry.name") in ("", "<Root>"):
            return "iter.root_priming"
        return "iter." + NAME_SERVERS[role]
