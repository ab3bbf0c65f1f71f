// What simdjson's DOM parser does with the same documents, for the table of micro benchmarks.
#include <simdjson.h>

#include <chrono>
#include <cstdio>
#include <string>

int main(int argc, char **argv) {
    for (int i = 1; i < argc; i++) {
        simdjson::padded_string text = simdjson::padded_string::load(argv[i]);
        simdjson::dom::parser parser;
        using clock = std::chrono::steady_clock;
        double best = 0;
        for (int round = 0; round < 5; round++) {
            auto start = clock::now();
            double seconds = 0;
            long runs = 0;
            for (; seconds < 0.2; runs++) {
                simdjson::dom::element root;
                if (parser.parse(text).get(root)) return 1;
                seconds = std::chrono::duration<double>(clock::now() - start).count();
            }
            best = std::max(best, double(text.size()) * double(runs) / seconds / 1e6);
        }
        std::string name = argv[i];
        std::printf("%-44s %8.0f MB/s\n", ("JSON parse, " + name.substr(name.rfind('/') + 1) + ", simdjson").c_str(), best);
    }
}
