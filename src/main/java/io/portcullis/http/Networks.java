package io.portcullis.http;

import java.util.List;

/** Some networks, asked for addresses. For any thread. */
public final class Networks {
    private final List<CidrBlock> blocks;

    /**
     * Networks in CIDR form.
     *
     * @throws IllegalArgumentException when one is no network
     */
    public Networks(List<String> networks) {
        this.blocks = networks.stream().map(CidrBlock::parse).toList();
    }

    /** What is no address is in none of them. */
    public boolean contain(String address) {
        if (blocks.isEmpty()) {
            return false;
        }
        try {
            var bytes = CidrBlock.bytes(address);
            return blocks.stream().anyMatch(block -> block.contains(bytes));
        } catch (IllegalArgumentException noAddress) {
            return false;
        }
    }
}
