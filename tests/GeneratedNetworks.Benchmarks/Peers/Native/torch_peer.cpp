// libtorch behind the line protocol of NativeProcess.cs: torch::nn layers trained by torch::optim, one thread.
#include <torch/torch.h>
#include <time.h>
#include <algorithm>
#include <iostream>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "fashion.h"
#include "model.h"

namespace {

struct Network {
    torch::nn::Sequential model{nullptr};
    std::unique_ptr<torch::optim::Optimizer> optimizer;
    torch::Tensor inputs, targets;
    bool classifies = false;  // cross-entropy of class numbers
    bool byProcessor = false;  // its clock counts: a step takes so long that others would be in it
    long calls = 0;

    void call() {
        if (!optimizer) {
            torch::NoGradGuard guard;
            model->forward(inputs);
            return;
        }
        optimizer->zero_grad();
        torch::Tensor output = model->forward(inputs);
        torch::Tensor loss = classifies ? torch::cross_entropy_loss(output, targets) : torch::mse_loss(output, targets);
        loss.backward();
        optimizer->step();
    }

    double run(long count) {
        double start = now();
        for (long i = 0; i < count; i++) call();
        return now() - start;
    }

    double now() {
        timespec time;
        clock_gettime(byProcessor ? CLOCK_PROCESS_CPUTIME_ID : CLOCK_MONOTONIC, &time);
        return 1e9 * time.tv_sec + time.tv_nsec;
    }

    // The fastest of three: losing the processor once must not end a calibration early.
    double fastest(long count) { return std::min({run(count), run(count), run(count)}); }
};

// make <id> <forward|sgd|adam> <tanh|relu> <batch> <learning rate> <layers> <size>...
bool make(std::map<int, Network> &networks) {
    int id, batch, layers;
    double rate;
    std::string work, hidden;
    if (!(std::cin >> id >> work >> hidden >> batch >> rate >> layers)) return false;
    std::vector<int64_t> sizes(layers);
    for (auto &size : sizes) std::cin >> size;
    Network &n = networks[id];
    n.model = build(sizes, hidden == "tanh");
    if (work == "sgd") n.optimizer = std::make_unique<torch::optim::SGD>(n.model->parameters(), torch::optim::SGDOptions(rate));
    if (work == "adam") n.optimizer = std::make_unique<torch::optim::Adam>(n.model->parameters(), torch::optim::AdamOptions(rate));
    n.inputs = torch::rand({batch, sizes.front()}) * 2 - 1;
    n.targets = torch::rand({batch, sizes.back()}) * 2 - 1;
    return true;
}

// makeimages <id> <name> <batch> <learning rate>: steps of Adam
void makeImages(std::map<int, Network> &networks) {
    int id, batch;
    double rate;
    std::string name;
    std::cin >> id >> name >> batch >> rate;
    ImageModel images = buildImages(name);
    Network &n = networks[id];
    n.model = images.model;
    n.optimizer = std::make_unique<torch::optim::Adam>(n.model->parameters(), torch::optim::AdamOptions(rate));
    images.shape.insert(images.shape.begin(), batch);
    n.inputs = torch::rand(images.shape);
    n.targets = torch::randint(images.classes, {batch}, torch::kLong);
    n.classifies = n.byProcessor = true;
}

// makesequences <id> <gru|lstm> <units> <batch> <learning rate>: steps of Adam through 64 steps
void makeSequences(std::map<int, Network> &networks) {
    int id, units, batch;
    double rate;
    std::string layer;
    std::cin >> id >> layer >> units >> batch >> rate;
    Network &n = networks[id];
    n.model = torch::nn::Sequential(Sequence(layer, units));
    n.optimizer = std::make_unique<torch::optim::Adam>(n.model->parameters(), torch::optim::AdamOptions(rate));
    n.inputs = torch::rand({batch, 64, 1}) * 2 - 1;
    n.targets = torch::rand({batch, 64, 1}) * 2 - 1;
    n.byProcessor = true;
}

// sample <id> <nanoseconds>: time as many calls as last that long, after half as many untimed
double sample(std::map<int, Network> &networks) {
    int id;
    double least;
    std::cin >> id >> least;
    Network &n = networks.at(id);
    if (n.calls == 0)
        for (n.calls = 1; n.fastest(n.calls) < least; n.calls *= 2) { }
    n.run((n.calls + 1) / 2);
    return n.run(n.calls) / n.calls;
}

}  // namespace

int main() {
    torch::set_num_threads(1);
    std::map<int, Network> networks;
    std::unique_ptr<Fashion> fashion;
    std::cout << "ready " << TORCH_VERSION << (at::globalContext().userEnabledMkldnn() && at::hasMKLDNN() ? " with oneDNN" : " without oneDNN") << std::endl;
    std::string command;
    while (std::cin >> command) {
        if (command == "make") {
            std::cout << (make(networks) ? "ok" : "unsupported") << std::endl;
        } else if (command == "makeimages") {
            makeImages(networks);
            std::cout << "ok" << std::endl;
        } else if (command == "makesequences") {
            makeSequences(networks);
            std::cout << "ok" << std::endl;
        } else if (command == "sample") {
            std::cout << sample(networks) << std::endl;
        } else if (command == "fashion") {
            std::string network, folder;
            std::cin >> network >> folder;
            fashion = std::make_unique<Fashion>(network, folder);
            std::cout << "ok" << std::endl;
        } else if (command == "epoch") {
            std::cout << fashion->epoch() << std::endl;
        } else if (command == "accuracy") {
            std::cout << fashion->accuracy() << std::endl;
        } else {
            return 1;
        }
    }
}
