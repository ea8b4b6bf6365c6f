package dev.belay.limit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressesTest {

    @ParameterizedTest
    @CsvSource({
        "192.0.2.7,192.0.2.7",
        "2001:db8:1:2:3:4:5:6,2001:db8:1:2:0:0:0:0/64",
        "2001:db8:1:2::1,2001:db8:1:2:0:0:0:0/64",
        "::ffff:192.0.2.7,192.0.2.7",
        "no:address,no:address"
    })
    void one_subscriber_is_one_address(String address, String network) {
        assertThat(Addresses.network(address)).isEqualTo(network);
    }
}
