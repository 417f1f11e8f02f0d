package soliloquy.gs;

/** A vertex as it waits in the queue. */
final class Vertex {
    /** Position in sixteenths of a pixel, with XYOFFSET taken away. */
    int x;

    int y;

    /** Depth, unsigned 32 bits. */
    long z;

    /** ABGR. */
    int colour;

    /** Fog: 0xFF is none. */
    int fog;

    /** Texture coordinates of ST, to be divided by {@link #q}. */
    float s;

    float t;
    float q;

    /** Texture coordinates of UV, in sixteenths of a texel. */
    int u;

    int v;

    void copy(Vertex other) {
        x = other.x;
        y = other.y;
        z = other.z;
        colour = other.colour;
        fog = other.fog;
        s = other.s;
        t = other.t;
        q = other.q;
        u = other.u;
        v = other.v;
    }
}
