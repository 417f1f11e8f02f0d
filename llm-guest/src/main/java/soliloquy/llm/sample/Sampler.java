package soliloquy.llm.sample;

import java.util.Arrays;
import java.util.BitSet;
import soliloquy.llm.engine.Arithmetic;
import soliloquy.llm.engine.Softmax;

/** Chooses the next token; the steps are those of ARITHMETIC.md section 5. */
public final class Sampler {
    private static final int TWO_TO_MINUS_24 = 0x3380_0000;

    private final Arithmetic math;
    private final int temperature;
    private final int topK;
    private final int topP;
    private final int repeatPenalty;
    private final BitSet seen = new BitSet();
    private long state;

    /** A sampler with no tokens seen. */
    public Sampler(SamplerSettings settings, Arithmetic math) {
        this.math = math;
        temperature = settings.temperature().bits(math);
        topK = settings.topK();
        topP = settings.topP().bits(math);
        repeatPenalty = settings.repeatPenalty().bits(math);
        state = settings.seed() == 0 ? 1 : settings.seed();
    }

    /** Remembers a token of the text for the repetition penalty. */
    public void saw(int token) {
        seen.set(token);
    }

    /** The next token for these logits (bits, one for each id; not changed). */
    public int choose(int[] logits) {
        return math.less(0, temperature) ? sample(logits.clone()) : likeliest(logits);
    }

    private int likeliest(int[] logits) {
        int best = 0;
        for (int id = 1; id < logits.length; id++) {
            if (math.less(logits[best], logits[id])) {
                best = id;
            }
        }
        return best;
    }

    private int sample(int[] logits) {
        if (repeatPenalty != Arithmetic.ONE) {
            seen.stream().filter(id -> id < logits.length).forEach(id -> logits[id] = penalized(logits[id]));
        }
        for (int id = 0; id < logits.length; id++) {
            logits[id] = math.div(logits[id], temperature);
        }
        int[] ids = descending(logits);
        int[] probabilities = new int[ids.length];
        for (int i = 0; i < ids.length; i++) {
            probabilities[i] = logits[ids[i]];
        }
        Softmax.apply(math, probabilities, ids.length);
        boolean nucleus = math.less(0, topP) && math.less(topP, Arithmetic.ONE);
        int count = 0;
        int mass = 0;
        while (count < ids.length) {
            mass = math.add(mass, probabilities[count++]);
            if (nucleus && math.less(topP, mass)) {
                break;
            }
        }
        int target = math.mul(random(), mass);
        int sum = 0;
        for (int i = 0; i < count; i++) {
            sum = math.add(sum, probabilities[i]);
            if (math.less(target, sum)) {
                return ids[i];
            }
        }
        return ids[count - 1];
    }

    private int penalized(int logit) {
        return math.less(0, logit) ? math.div(logit, repeatPenalty) : math.mul(logit, repeatPenalty);
    }

    /** Ids by descending logit, equal logits by ascending id, the first top-k of them. */
    private int[] descending(int[] logits) {
        Integer[] ids = new Integer[logits.length];
        Arrays.setAll(ids, id -> id);
        Arrays.sort(ids, (a, b) -> math.less(logits[b], logits[a]) ? -1 : math.less(logits[a], logits[b]) ? 1 : 0);
        int count = topK > 0 && topK < ids.length ? topK : ids.length;
        return Arrays.stream(ids, 0, count).mapToInt(Integer::intValue).toArray();
    }

    /** The next number in 0 to 1: 24 bits of a 64-bit xorshift* generator. */
    private int random() {
        state ^= state >>> 12;
        state ^= state << 25;
        state ^= state >>> 27;
        int upper = (int) (state * 0x2545_F491_4F6C_DD1DL >>> 32);
        return math.mul(math.fromInteger(upper >>> 8), TWO_TO_MINUS_24);
    }
}
