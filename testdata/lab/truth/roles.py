"""Who has which address, as the lab gave them out (hosts.txt)."""

NAME_SERVERS = {"root": "root", "tld": "tld", "auth": "auth"}


class Roles:
    def __init__(self, path):
        self.by_address = {}
        with open(path, encoding="ascii") as lines:
            for line in lines:
                role, *addresses = line.split()
                self.by_address.update(dict.fromkeys(addresses, role))

    def role(self, address):
        """The role of an address; everyone else with an address is a client."""
        return self.by_address.get(address, "client")

    def address(self, role):
        """The first address of a role."""
        return next(a for a, r in self.by_address.items() if r == role)

    def is_resolver(self, address):
        return self.role(address) in ("resolver", "resolver2")

    def question(self, server, name):
        """What it is called to ask this server for name: "stub", or a step of the iteration."""
        if self.is_resolver(server):
            return "stub"
        role = self.role(server)
        if role == "root" and name in ("", "<Root>"):
            return "iter.root_priming"
        return "iter." + NAME_SERVERS[role] if role in NAME_SERVERS else ""
