package soliloquy.gs;

/**
 * Finds the pixels of a primitive and their depth, colour and texture coordinates. A pixel's sample point is its integer position;
 * left and top edges are inside, right and bottom edges outside. Set up once for each primitive.
 */
final class Rasterizer {
    private final PixelUnit pixels;
    private final TextureUnit texture;
    private DrawingContext context = new DrawingContext();

    /** PRIM's IIP: colours are interpolated; else the last vertex's counts. */
    boolean gouraud;

    /** PRIM's TME. */
    boolean textured;

    /** PRIM's FGE. */
    boolean fogged;

    /** PRIM's FST: UV, else ST. */
    boolean texelCoordinates;

    /** FOGCOL, in the order of a colour. */
    int fogColour;

    Rasterizer(PixelUnit pixels, TextureUnit texture) {
        this.pixels = pixels;
        this.texture = texture;
    }

    void prepare(DrawingContext drawingContext) {
        context = drawingContext;
    }

    void point(Vertex vertex) {
        int x = vertex.x + 8 >> 4;
        int y = vertex.y + 8 >> 4;
        if (inScissor(x, y)) {
            shade(x, y, vertex.z, vertex.colour, sixteenthsU(vertex), sixteenthsV(vertex), vertex.fog);
        }
    }

    /** A line, a pixel for each step of its longer direction; its end is outside as a sprite's right edge is. */
    void line(Vertex first, Vertex last) {
        boolean flat = Math.abs(last.x - first.x) >= Math.abs(last.y - first.y);
        boolean forward = flat ? first.x <= last.x : first.y <= last.y;
        Vertex from = forward ? first : last;
        Vertex to = forward ? last : first;
        int start = flat ? from.x : from.y;
        int end = flat ? to.x : to.y;
        int other = flat ? from.y : from.x;
        int slope = (flat ? to.y : to.x) - other;
        int least = Math.max(ceiling(start), flat ? context.scissorX0 : context.scissorY0);
        int most = Math.min(ceiling(end) - 1, flat ? context.scissorX1 : context.scissorY1);
        for (int major = least; major <= most; major++) {
            double part = (double) ((major << 4) - start) / (end - start);
            int minor = (int) Math.floor((other + slope * part) / 16 + 0.5);
            int x = flat ? major : minor;
            int y = flat ? minor : major;
            if (inScissor(x, y)) {
                interpolate(x, y, from, to, from, part, 0, last);
            }
        }
    }

    void triangle(Vertex a, Vertex b, Vertex c) {
        long area = edge(a, b, c.x, c.y);
        if (area == 0) {
            return;
        }
        Vertex second = area > 0 ? b : c;
        Vertex third = area > 0 ? c : b;
        area = Math.abs(area);
        // Points on an edge belong to the triangle if the edge is a left or a top one.
        int outside0 = inclusive(second, third) ? 0 : 1;
        int outside1 = inclusive(third, a) ? 0 : 1;
        int outside2 = inclusive(a, second) ? 0 : 1;
        int x0 = Math.max(ceiling(Math.min(a.x, Math.min(b.x, c.x))), context.scissorX0);
        int x1 = Math.min(Math.max(a.x, Math.max(b.x, c.x)) >> 4, context.scissorX1);
        int y0 = Math.max(ceiling(Math.min(a.y, Math.min(b.y, c.y))), context.scissorY0);
        int y1 = Math.min(Math.max(a.y, Math.max(b.y, c.y)) >> 4, context.scissorY1);
        for (int y = y0; y <= y1; y++) {
            for (int x = x0; x <= x1; x++) {
                long weight0 = edge(second, third, x << 4, y << 4);
                long weight1 = edge(third, a, x << 4, y << 4);
                long weight2 = edge(a, second, x << 4, y << 4);
                if (weight0 >= outside0 && weight1 >= outside1 && weight2 >= outside2) {
                    interpolate(x, y, a, second, third, (double) weight1 / area, (double) weight2 / area, c);
                }
            }
        }
    }

    private static long edge(Vertex from, Vertex to, int x, int y) {
        return (long) (to.x - from.x) * (y - from.y) - (long) (to.y - from.y) * (x - from.x);
    }

    private static boolean inclusive(Vertex from, Vertex to) {
        return to.y < from.y || to.y == from.y && to.x > from.x;
    }

    /** A pixel whose values lie at {@code part1} of the way from a to b, plus {@code part2} of the way from a to c. */
    private void interpolate(int x, int y, Vertex a, Vertex b, Vertex c, double part1, double part2, Vertex last) {
        // 32 bits fit a double exactly.
        long z = (long) mix((double) a.z, (double) b.z, (double) c.z, part1, part2);
        int colour = last.colour;
        if (gouraud) {
            colour = 0;
            for (int shift = 0; shift < 32; shift += 8) {
                double channel = mix(
                        a.colour >>> shift & 0xFF, b.colour >>> shift & 0xFF, c.colour >>> shift & 0xFF, part1, part2);
                colour |= (int) channel << shift;
            }
        }
        int u = 0;
        int v = 0;
        if (textured && texelCoordinates) {
            u = (int) Math.floor(mix(a.u, b.u, c.u, part1, part2));
            v = (int) Math.floor(mix(a.v, b.v, c.v, part1, part2));
        } else if (textured) {
            double q = mix(a.q, b.q, c.q, part1, part2);
            u = (int) Math.floor(mix(a.s, b.s, c.s, part1, part2) / q * texture.textureWidth() * 16);
            v = (int) Math.floor(mix(a.t, b.t, c.t, part1, part2) / q * texture.textureHeight() * 16);
        }
        int fog = fogged ? (int) mix(a.fog, b.fog, c.fog, part1, part2) : 0;
        shade(x, y, z, colour, u, v, fog);
    }

    private static double mix(double a, double b, double c, double part1, double part2) {
        return a + (b - a) * part1 + (c - a) * part2;
    }

    /** A rectangle between two corners; depth, colour, fog and Q are the second vertex's. */
    void sprite(Vertex first, Vertex second) {
        int x0 = Math.max(ceiling(Math.min(first.x, second.x)), context.scissorX0);
        int x1 = Math.min(ceiling(Math.max(first.x, second.x)) - 1, context.scissorX1);
        int y0 = Math.max(ceiling(Math.min(first.y, second.y)), context.scissorY0);
        int y1 = Math.min(ceiling(Math.max(first.y, second.y)) - 1, context.scissorY1);
        if (!textured && !fogged && pixels.storesOnly()) {
            for (int y = y0; y <= y1; y++) {
                pixels.fillRow(x0, x1 + 1, y, second.colour);
            }
            return;
        }
        double u = 0;
        double v = 0;
        double stepU = 0;
        double stepV = 0;
        if (textured && x1 >= x0 && y1 >= y0) {
            float q = second.q;
            double width = texture.textureWidth() * 16.0;
            double height = texture.textureHeight() * 16.0;
            u = texelCoordinates ? first.u : first.s / q * width;
            v = texelCoordinates ? first.v : first.t / q * height;
            stepU = ((texelCoordinates ? second.u : second.s / q * width) - u) / (second.x - first.x);
            stepV = ((texelCoordinates ? second.v : second.t / q * height) - v) / (second.y - first.y);
        }
        for (int y = y0; y <= y1; y++) {
            int rowV = (int) Math.floor(v + stepV * ((y << 4) - first.y));
            for (int x = x0; x <= x1; x++) {
                int columnU = (int) Math.floor(u + stepU * ((x << 4) - first.x));
                shade(x, y, second.z, second.colour, columnU, rowV, second.fog);
            }
        }
    }

    private void shade(int x, int y, long z, int vertexColour, int u, int v, int fog) {
        int colour = textured ? texture.apply(texture.sample(u, v), vertexColour) : vertexColour;
        if (fogged) {
            int red = (colour & 0xFF) * fog + (fogColour & 0xFF) * (255 - fog) >> 8;
            int green = (colour >>> 8 & 0xFF) * fog + (fogColour >>> 8 & 0xFF) * (255 - fog) >> 8;
            int blue = (colour >>> 16 & 0xFF) * fog + (fogColour >>> 16 & 0xFF) * (255 - fog) >> 8;
            colour = red | green << 8 | blue << 16 | colour & 0xFF00_0000;
        }
        pixels.draw(x, y, z, colour);
    }

    private int sixteenthsU(Vertex vertex) {
        return texelCoordinates ? vertex.u : (int) Math.floor(vertex.s / vertex.q * texture.textureWidth() * 16);
    }

    private int sixteenthsV(Vertex vertex) {
        return texelCoordinates ? vertex.v : (int) Math.floor(vertex.t / vertex.q * texture.textureHeight() * 16);
    }

    private boolean inScissor(int x, int y) {
        return x >= context.scissorX0 && x <= context.scissorX1 && y >= context.scissorY0 && y <= context.scissorY1;
    }

    private static int ceiling(int sixteenths) {
        return sixteenths + 15 >> 4;
    }
}
