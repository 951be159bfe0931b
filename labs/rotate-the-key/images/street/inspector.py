"""Asks the database as its inspector: accounts, sessions, rows, and what each account may do. Prints JSON.

What an account may do is tried: another account is given the same rights, and does it. What can't be tried without
doing it, such as dropping a table, is read from its grants.
"""

import json
import re
import secrets
import sys

import pymysql

KEY = ("inspector", "w2Hh7tRk5YpDaM9sLq3fX")
OURS = {
    "keeper": "*F3AC163A20F7E39801F0E1B6A2581EC2F2F302B5",
    "inspector": "*41E9385E7EED0A6480D6E915C469A4834424EFB3",
}
"""The house's own accounts, and what the database holds of their keys: another key of theirs is somebody else's."""
AT_HOME = ("root", "mysql", "mariadb.sys")
"""Accounts of the database's own host, which nobody reaches from elsewhere."""
MAKING = {"ALL PRIVILEGES", "ALTER", "CREATE", "CREATE VIEW", "DROP", "INDEX", "TRIGGER"}
"""Rights by which one changes how tables are made, or that they are there."""
LATE = 15
"""Seconds after which a parcel is late. It takes less than one, and a few where the packer begins anew meanwhile."""
DENIED = (1044, 1045, 1142, 1143, 1227, 1370, 1410, 1873, 1959)
SYSTEM = ("mysql", "sys", "information_schema", "performance_schema")


def connect(user=KEY[0], key=KEY[1], host="database"):
    """A session, the inspector's where nobody else is named."""
    return pymysql.connect(host=host, user=user, password=key, connect_timeout=8, autocommit=True)


def rows(cursor, text, *values):
    """What a question gives."""
    cursor.execute(text, values or None)
    return list(cursor.fetchall())


def ways(told):
    """The ways into an account: plugin and what it holds of the key."""
    first = {name: told.get(name, "") for name in ("plugin", "authentication_string")}
    several = [one if one else first for one in told.get("auth_or", ())] or [first]
    return [[one.get("plugin", ""), one.get("authentication_string", "")] for one in several]


def accounts(cursor):
    """All accounts that somebody could log in with from elsewhere, but for the house's own with their own keys."""
    found = []
    for user, host, told in rows(cursor, "SELECT User, Host, Priv FROM mysql.global_priv"):
        told = json.loads(told)
        if told.get("is_role") or told.get("account_locked") or user == "PUBLIC":
            continue
        if user not in AT_HOME or host != "localhost":
            nobodys = ("invalid", OURS.get(user, "invalid"))
            keys = [key for plugin, key in ways(told) if plugin != "unix_socket" and key not in nobodys]
            found.append({"user": user, "host": host, "keys": keys})
    return [one for one in found if one["keys"]]


def sessions(cursor):
    """The sessions of all but the house's own."""
    told = rows(cursor, "SELECT id, user, host FROM information_schema.processlist")
    ours = ("inspector", "root", "mysql", "system user", "unauthenticated user")
    return [[number, user, host.rpartition(":")[0]] for number, user, host in told if user not in ours]


def tables(cursor):
    """All tables that are not the system's, with their first column."""
    asked = (
        "SELECT table_schema, table_name, column_name FROM information_schema.columns"
        " NATURAL JOIN (SELECT table_schema, table_name FROM information_schema.tables WHERE table_type = 'BASE TABLE') t"
        " WHERE table_schema NOT IN %s ORDER BY table_schema, table_name, ordinal_position"
    )
    found = {}
    for schema, table, column in rows(cursor, asked, SYSTEM):
        found.setdefault((schema, table), []).append(column)
    return found


def may(cursor, text):
    """Whether somebody may do it: anything but a denial says so."""
    try:
        rows(cursor, text)
    except pymysql.Error as problem:
        return not (problem.args and problem.args[0] in DENIED)
    return True


def tried(cursor, every):
    """What a session may read, write and alter, and what it may do to the house."""
    found = {"reads": set(), "writes": set(), "alters": set(), "house": set()}
    for (schema, table), columns in every.items():
        place, name = f"`{schema}`.`{table}`", table if schema == "nursery" else f"{schema}.{table}"
        if any(may(cursor, f"SELECT `{one}` FROM {place} LIMIT 0") for one in columns):
            found["reads"].add(name)
        changes = [f"DELETE FROM {place} WHERE 1 = 0"]
        changes += [f"UPDATE {place} SET `{one}` = NULL WHERE 1 = 0" for one in columns]
        changes += [f"INSERT INTO {place} (`{one}`) SELECT NULL FROM DUAL WHERE 1 = 0" for one in columns]
        if any(may(cursor, one) for one in changes):
            found["writes"].add(name)
        if may(cursor, f"ALTER TABLE {place} COMMENT = ''"):
            found["alters"].add(name)
    for what, text in {
        "read accounts": "SELECT User FROM mysql.global_priv LIMIT 0",
        "make accounts": f"CREATE USER 'probe{secrets.token_hex(4)}'@'127.0.0.9' ACCOUNT LOCK",
        "make databases": "CREATE DATABASE mysql",
    }.items():
        if may(cursor, text):
            found["house"].add(what)
    return found


def granted(cursor, user, host=""):
    """All that was granted to an account or a role, and to the roles that it may take, as GRANT says it."""
    where = "SHOW GRANTS FOR %s@%s" if host else "SHOW GRANTS FOR %s"
    found = [line for (line,) in rows(cursor, where, *filter(None, (user, host)))]
    for (role,) in rows(cursor, "SELECT Role FROM mysql.roles_mapping WHERE User = %s AND Host = %s", user, host):
        found += granted(cursor, role)
    return [line for line in found if line.startswith("GRANT ") and " ON " in line.rpartition(" TO ")[0]]


def written(grants):
    """What grants allow that can't be tried without doing it."""
    found = {"alters": set(), "house": set()}
    for line in grants:
        what, _, place = line.removeprefix("GRANT ").rpartition(" TO ")[0].rpartition(" ON ")
        words = set(re.sub(r"\([^)]*\)", "", what).replace(" ,", ",").strip().split(", "))
        if place == "*.*":
            found["house"] |= {f"{word.lower()} everywhere" for word in words - {"USAGE"}}
        elif words & MAKING:
            found["alters"].add(place.replace("`", "").removeprefix("nursery."))
        if "WITH GRANT OPTION" in line:
            found["house"].add("hand on its rights")
    return found


def rights(cursor, user, host, every):
    """What an account may do, as another one finds out that was granted the same."""
    name, key = f"probe{secrets.token_hex(4)}", secrets.token_hex(16)
    there = f"`{name}`@`%`"
    rows(cursor, f"CREATE USER {there} IDENTIFIED BY '{key}'")
    try:
        grants = dict.fromkeys(granted(cursor, user, host))
        for line in grants:
            what, _, whom = line.rpartition(" TO ")
            rows(cursor, f"{what} TO {there}" + (" WITH GRANT OPTION" if "WITH GRANT OPTION" in whom else ""))
        with connect(name, key) as session, session.cursor() as other:
            found = tried(other, every)
        for what, names in written(grants).items():
            found[what] |= names
        return {what: sorted(names) for what, names in found.items()}
    finally:
        rows(cursor, f"DROP USER IF EXISTS {there}")
        left = "SELECT User FROM mysql.global_priv WHERE Host = '127.0.0.9' AND User LIKE 'probe%'"
        for (made,) in rows(cursor, left):
            rows(cursor, f"DROP USER `{made}`@`127.0.0.9`")


def bounds(cursor, *drawn):
    """What each account may do, with new tables in the house meanwhile, such as it gets every month."""
    for table in drawn:
        rows(cursor, f"CREATE TABLE IF NOT EXISTS nursery.`{table}` (line INT, told VARCHAR(20))")
    rows(cursor, f"CREATE DATABASE IF NOT EXISTS `{drawn[0]}`")
    rows(cursor, f"CREATE TABLE IF NOT EXISTS `{drawn[0]}`.`{drawn[-1]}` (line INT)")
    try:
        every = tables(cursor)
        return [one | rights(cursor, one["user"], one["host"], every) for one in accounts(cursor)]
    finally:
        for table in drawn:
            rows(cursor, f"DROP TABLE IF EXISTS nursery.`{table}`")
        rows(cursor, f"DROP DATABASE IF EXISTS `{drawn[0]}`")


def book(cursor, *orders):
    """Of some orders, those that are not there, those that no parcel was made of, and those for which one came late."""
    kept = {one for (one,) in rows(cursor, "SELECT id FROM nursery.orders")}
    took = "TIMESTAMPDIFF(SECOND, nursery.orders.at, nursery.parcels.at)"
    packed = dict(rows(cursor, f"SELECT id, {took} FROM nursery.parcels LEFT JOIN nursery.orders USING (id)"))
    return {
        "lost": [one for one in orders if one not in kept],
        "unpacked": [one for one in orders if one not in packed],
        "late": [one for one in orders if (packed.get(one) or 0) > LATE],
    }


def jobs(cursor):
    """The newest rows of the two jobs, and what they count now."""
    counted = {
        table: rows(cursor, f"SELECT COUNT(*) FROM nursery.{table}")[0][0] for table in ("orders", "parcels", "plants")
    }
    for table, columns in {"reports": "id, orders, parcels", "counts": "id, plants, parcels"}.items():
        counted[table] = [
            list(one) for one in rows(cursor, f"SELECT {columns} FROM nursery.{table} ORDER BY id DESC LIMIT 1")
        ]
    return counted


def opens(cursor, key, *users):
    """The users that a key opens the database for, from here."""
    found = []
    for user in users:
        try:
            connect(user, key).close()
        except pymysql.Error:
            continue
        found.append(user)
    return found


def state(cursor):
    """Accounts and sessions, and the number of the newest session, which is this one."""
    newest = rows(cursor, "SELECT CONNECTION_ID()")[0][0]
    return {"accounts": accounts(cursor), "sessions": sessions(cursor), "newest": newest}


ASKED = {"state": state, "bounds": bounds, "book": book, "jobs": jobs, "opens": opens}

if __name__ == "__main__":
    try:
        with connect() as line, line.cursor() as asking:
            print(json.dumps(ASKED[sys.argv[1]](asking, *sys.argv[2:])))
    except pymysql.Error as told:
        print(json.dumps({"problem": str(told)}))
