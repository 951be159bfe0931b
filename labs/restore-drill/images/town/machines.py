"""The shop's two machines and the spare one, as the town reaches them."""

import time
from contextlib import contextmanager

import pymysql
import pymysql.cursors
from trade import ORDER, PAYMENT, moment

SCHEMA = (
    "CREATE DATABASE town",
    "CREATE TABLE town.pulse (beat INT NOT NULL)",
    "INSERT INTO town.pulse VALUES (0)",
    "CREATE DATABASE shop",
    "CREATE TABLE shop.orders (id INT PRIMARY KEY, customer VARCHAR(40) NOT NULL, item VARCHAR(40) NOT NULL,"
    " quantity INT NOT NULL, note VARCHAR(120) NOT NULL, state VARCHAR(10) NOT NULL, placed DATETIME NOT NULL)",
    "CREATE TABLE shop.payments (order_id INT PRIMARY KEY, amount INT NOT NULL, way VARCHAR(20) NOT NULL,"
    " paid DATETIME NOT NULL, FOREIGN KEY (order_id) REFERENCES orders (id) ON DELETE CASCADE)",
    "GRANT SELECT ON shop.orders TO dump@'%'",
    "GRANT SELECT ON shop.payments TO dump@'%'",
    "GRANT LOCK TABLES, SHOW VIEW, TRIGGER, EVENT ON shop.* TO dump@'%'",
)
FOLLOW = (
    "CHANGE MASTER TO MASTER_HOST='db-1', MASTER_USER='town', MASTER_PASSWORD='town', MASTER_USE_GTID=slave_pos,"
    " MASTER_CONNECT_RETRY=1",
    "START SLAVE",
)
PATIENCE = 40
OTHERS = "('information_schema', 'mysql', 'performance_schema', 'sys')"
FURNITURE = (
    "SELECT 'database', schema_name, '' FROM information_schema.schemata",
    f"SELECT table_type, table_schema, table_name FROM information_schema.tables WHERE table_schema NOT IN {OTHERS}",
    f"SELECT 'trigger', trigger_schema, trigger_name FROM information_schema.triggers WHERE trigger_schema NOT IN {OTHERS}",
    "SELECT 'event', event_schema, event_name FROM information_schema.events",
    f"SELECT routine_type, routine_schema, routine_name FROM information_schema.routines WHERE routine_schema NOT IN {OTHERS}",
    "SHOW GLOBAL VARIABLES WHERE Variable_name REGEXP '^(binlog|event_sched|expire_logs|max_binlog|read_only|replicate|slave)'",
)
ACCOUNTS = "SELECT CONCAT(QUOTE(User), '@', QUOTE(Host)) FROM mysql.user WHERE is_role = 'N'"
SHAPE = (
    "SELECT table_name, column_name, column_type, is_nullable, column_key = 'PRI' FROM information_schema.columns"
    " WHERE table_schema = 'shop' AND table_name IN ('orders', 'payments') ORDER BY table_name, ordinal_position",
    "SELECT table_name, referenced_table_name, delete_rule FROM information_schema.referential_constraints"
    " WHERE constraint_schema = 'shop' AND table_name IN ('orders', 'payments') ORDER BY table_name, referenced_table_name",
)
TABLES = {"orders": "SELECT * FROM shop.orders", "payments": "SELECT * FROM shop.payments"}
INTERRUPTIONS = "^Com_(change_master|(start|stop)_(all_)?(slave|replica)s?|(slave|replica)_(start|stop))$"
Trouble = pymysql.MySQLError


def connected(host="", **options):
    """Connect to a machine; without a name to the court's own instance."""
    where = {"host": host, "user": "town", "password": "town"} if host else {"unix_socket": "/run/mysqld/mysqld.sock"}
    options = {"user": "root", "charset": "utf8mb4", "connect_timeout": 5, "read_timeout": 20, **where, **options}
    return pymysql.connect(autocommit=True, **options)


@contextmanager
def cursor(host="", **options):
    """Ask a machine."""
    connection = connected(host, **options)
    try:
        with connection.cursor() as found:
            yield found
    finally:
        connection.close()


def ask(host, *statements):
    """Carry statements out; gives the rows of the last one."""
    with cursor(host) as machine:
        for statement in statements:
            machine.execute(statement)
        return machine.fetchall()


def wait_for(host, patience=60):
    """Wait until a machine answers, for some seconds."""
    until = time.monotonic() + patience
    while True:
        try:
            return ask(host, "SELECT 1")
        except Trouble:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)


def values(rows):
    """Rows as they stand behind VALUES, and what belongs in their places."""
    place = "(" + ", ".join(["%s"] * len(rows[0])) + ")"
    return ", ".join([place] * len(rows)), [one for row in rows for one in row]


def insert(machine, orders):
    """Write orders and their payments, with the time of the last of them."""
    machine.execute(f"SET TIMESTAMP = {moment(orders[-1][0][-1])}")
    text, words = values([order for order, _ in orders])
    machine.execute(ORDER + text, words)
    if paid := [payment for _, payment in orders if payment]:
        text, words = values(paid)
        machine.execute(PAYMENT + text, words)


def change(machine, changed):
    """Write a change of one order."""
    number, column, value, at = changed
    machine.execute(f"SET TIMESTAMP = {moment(at)}")
    machine.execute(f"UPDATE orders SET {column} = %s WHERE id = %s", (value, number))


def rows_of(host):
    """What a machine has, by table and number; each value as text."""
    with cursor(host) as machine:
        found = {}
        for table, question in TABLES.items():
            machine.execute(question)
            found[table] = {str(row[0]): [str(one) for one in row] for row in machine.fetchall()}
        return found


def furniture(host):
    """What a machine has beside rows: databases and what is in them, settings, accounts and what these may."""
    found = [[str(one) for one in row] for question in FURNITURE for row in ask(host, question)]
    grants = [[str(row[0])] for (account,) in ask(host, ACCOUNTS) for row in ask(host, f"SHOW GRANTS FOR {account}")]
    return sorted(found + grants)


def shape(host):
    """How the two tables are defined: their columns, and which of these are keys."""
    return [ask(host, question) for question in SHAPE]


def logs(host):
    """The names of the logs that a machine has."""
    return [row[0] for row in ask(host, "SHOW BINARY LOGS")]


def standing():
    """Which of the second machine's two threads stand still: the one that fetches, and the one that repeats."""
    with cursor("db-2", cursorclass=pymysql.cursors.DictCursor) as machine:
        machine.execute("SHOW REPLICA STATUS")
        seen = machine.fetchone() or {}
    return [seen.get(f"Slave_{thread}_Running", "No") == "No" for thread in ("IO", "SQL")]


def interrupted():
    """How often somebody has stopped or started these threads, or sent them elsewhere, since the machine began."""
    return sum(int(count) for _, count in ask("db-2", f"SHOW GLOBAL STATUS WHERE Variable_name REGEXP '{INTERRUPTIONS}'"))


def repeats():
    """Whether the second machine is at work, as far as it says itself."""
    return not any(standing())


def catch_up():
    """Wait until the second machine has what the first one has, unless it stands still; gives whether it came to that."""
    (position,), *_ = ask("db-1", "SELECT @@gtid_binlog_pos")
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        (left,), *_ = ask("db-2", f"SELECT MASTER_GTID_WAIT('{position}', 3)")
        if left == 0:
            return True
        if not repeats():
            break
    return False


def forget_first():
    """Have the first machine begin its logs anew; it keeps one for as long as the second machine reads it."""
    (name, *_), *_ = ask("db-1", "FLUSH BINARY LOGS", "SHOW MASTER STATUS")
    until = time.monotonic() + PATIENCE
    while len(ask("db-1", f"PURGE BINARY LOGS TO '{name}'", "SHOW BINARY LOGS")) > 1 and time.monotonic() < until:
        time.sleep(0.1)


def tidy_second():
    """The second machine keeps no log but the one that it writes."""
    (name, *_), *_ = ask("db-2", "FLUSH BINARY LOGS", "SHOW MASTER STATUS")
    ask("db-2", f"PURGE BINARY LOGS TO '{name}'")
