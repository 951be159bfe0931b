/* The check digit of the sorting machine: Luhn's formula, and the seal of the licence that it was built with. */
const char *seal(void) { return SEAL; }

int digit(const char *number)
{
    int sum = 0, twice = 1, length = 0;
    while (number[length]) length++;
    while (length-- > 0) {
        int value = (number[length] - '0') << twice;
        sum += value > 9 ? value - 9 : value;
        twice = !twice;
    }
    return (10 - sum % 10) % 10;
}
